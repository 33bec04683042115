import { serialMark } from "../model/hostedZoneFiles.ts";

/** A text as the standard input of a shell's command. */
export const heredoc = (text: string): string => ` <<'REMPART_END'\n${text.trimEnd()}\nREMPART_END\n`;

/**
 * Shell functions for a server of hosted zones, in the folder of their files. `put ZONE FILE` takes a zone's text, and writes it, with a higher serial
 * number, where it says something else than before; `serials` holds the zones that it wrote. `forget FILE…` removes every file of another zone, those
 * beside it that a server writes when it signs included. `served ZONE` may be told: the serial number that the server answers with, which runs ahead where it signs.
 */
export const zoneFileFunctions = `declare -A serials=()
served() { :; }
put() {
  local text old="" now
  text=$(cat)
  if [ -f "$2" ]; then
    [ "$(sed 's/^  [0-9]* ; serial$/  ${serialMark} ; serial/' "$2")" != "$text" ] || return 0
    old=$(sed -n 's/^  \\([0-9]*\\) ; serial$/\\1/p' "$2")
  fi
  now=$(date +%s)
  for old in "\${old:-0}" $(served "$1"); do [ "$now" -gt "$old" ] || now=$((old + 1)); done
  sed "s/^  ${serialMark} ; serial/  $now ; serial/" <<< "$text" > "new.$2"
  # Names of other zones are for their own servers to judge: nobody is asked for them.
  named-checkzone -q -i local "$1" "new.$2" || { named-checkzone -i local "$1" "new.$2"; exit 1; }
  mv "new.$2" "$2"
  serials[$1]=$now
}
forget() {
  local kept=" $* " file
  for file in db.*; do
    [[ "$kept" == *" $(sed -E 's/(\\.signed)?(\\.jnl|\\.jbk)?$//' <<< "$file") "* ]] || rm -f "$file"
  done
}
`;
