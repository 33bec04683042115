import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const cgroup: DiagnosticCheck = {
  id: "cgroup",
  title: { fr: "Groupes de contrôle du noyau", en: "Kernel control groups" },
  applicable: (machine) => machine.platform === "linux",
  async check({ machine }) {
    if (machine.exists("/sys/fs/cgroup/cgroup.controllers")) return { state: "ok", detail: { fr: "cgroup v2", en: "cgroup v2" } };
    if (machine.exists("/sys/fs/cgroup/memory")) return { state: "ok", detail: { fr: "cgroup v1", en: "cgroup v1" } };
    return {
      state: "warning",
      detail: { fr: "/sys/fs/cgroup n’est pas monté : les conteneurs ne démarreront pas ici.", en: "/sys/fs/cgroup is not mounted: containers will not start here." },
      advice: { fr: "Montez-le : mount -t cgroup2 none /sys/fs/cgroup", en: "Mount it: mount -t cgroup2 none /sys/fs/cgroup" },
    };
  },
};
