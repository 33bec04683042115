import type { packetsFr } from "./packets.fr.ts";

/** English texts of live packets. */
export const packetsEn: Readonly<Record<keyof typeof packetsFr, string>> = {
  "packets.title": "Live packets",
  "packets.at": "Packets at {node}",
  "packets.menu": "Watch packets pass",
  "packets.count": "Captured: {total}, of which {shown} are shown.",
  "packets.running": "Running, for at most {seconds} s.",
  "packets.stop": "Stop",
  "packets.again": "Capture again",
  "packets.wireshark": "Open in Wireshark",
  "packets.opened": "Wireshark has opened {file}.",
  "packets.saved": "Wireshark does not open on this computer: the capture is in {file}, and the browser saves it, too. Once Wireshark is installed, this button opens it.",
  "packets.close": "Close the packets",
  "packets.none": "Nothing passes yet. Try a command in a terminal.",
  "packets.list": "Packets shown",
  "packets.pick": "First choose a machine, a VPC or the Internet in the topology.",
  "ended.stopped": "Stopped.",
  "ended.time": "Ended: its time is over.",
  "ended.full": "Ended: the capture is full.",
  "ended.lost": "Broken off: the machine or the wiring is gone.",
};
