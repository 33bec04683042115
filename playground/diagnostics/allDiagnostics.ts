import { addressOverlap } from "./checks/addressOverlap.ts";
import { cgroup } from "./checks/cgroup.ts";
import { clusterTools } from "./checks/clusterTools.ts";
import { diskSpace } from "./checks/diskSpace.ts";
import { display } from "./checks/display.ts";
import { electronBinary } from "./checks/electronBinary.ts";
import { engineInstalled } from "./checks/engineInstalled.ts";
import { enginePermission } from "./checks/enginePermission.ts";
import { engineReachable } from "./checks/engineReachable.ts";
import { engineSource } from "./checks/engineSource.ts";
import { instanceImage } from "./checks/instanceImage.ts";
import { labImages } from "./checks/labImages.ts";
import { labNetwork } from "./checks/labNetwork.ts";
import { localShell } from "./checks/localShell.ts";
import { memory } from "./checks/memory.ts";
import { netem } from "./checks/netem.ts";
import { nodeVersion } from "./checks/nodeVersion.ts";
import { tunDevice } from "./checks/tunDevice.ts";
import type { DiagnosticCheck } from "./diagnosticCheck.ts";

/** Every diagnostic, in the order in which they are shown and repaired: what comes later needs what comes before. */
export const allDiagnostics: readonly DiagnosticCheck[] = [
  engineInstalled,
  enginePermission,
  engineReachable,
  instanceImage,
  labNetwork,
  labImages,
  engineSource,
  nodeVersion,
  memory,
  diskSpace,
  cgroup,
  clusterTools,
  localShell,
  tunDevice,
  netem,
  addressOverlap,
  electronBinary,
  display,
];

/** Those without which no lab can run. */
export const neededDiagnostics: readonly string[] = ["engine-installed", "engine-permission", "engine-reachable", "instance-image", "lab-network"];
