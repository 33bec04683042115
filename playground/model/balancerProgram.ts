/** The program that makes a machine a load balancer's node; it runs at each boot, and takes orders as `PROGRAM apply` and `PROGRAM health`. */
export const balancerProgramPath = "/etc/rempart/start.d/load-balancer";

/** Line that stands between the two parts of what `health` prints: HAProxy's own statistics, and the targets that are draining. */
export const healthSeparator = "--- draining";

/**
 * HAProxy in master-worker mode. A new configuration starts a new worker, which takes over the listening sockets; the old one ends the requests
 * that it has. Each target is known from the comments `# target GROUP NAME ADDRESS RISE FALL DELAY` of the configuration.
 */
export const balancerProgram = String.raw`#!/bin/bash
set -u
folder=/etc/rempart/balancer
run=/run/rempart/balancer
config=$folder/haproxy.cfg
mkdir -p -m 700 "$folder" "$run"

# One question to HAProxy; ncat would take ten times as long to start.
ask() { timeout 5 perl -MSocket -e 'socket S, PF_UNIX, SOCK_STREAM, 0; connect S, pack_sockaddr_un($ARGV[0]) or exit 1; syswrite S, "$ARGV[1]\n"; shutdown S, 1; print while <S>' "$run/$1" "$2"; }
targets() { sed -n 's/^# target //p' "$@"; }

# What HAProxy shall believe of each target when it starts: what was known of it, or, of a new one, that it is down until one check has passed.
write_state() {
  awk '
    FNR == NR { if ($1 == "#" && $2 == "target") { group[++count] = $3; name[count] = $4; address[count] = $5; rise[count] = $6; fall[count] = $7 } next }
    NF > 13 && $1 != "#" { known[$2, $4, $5] = 1; up[$2, $4, $5] = $6 == 2; health[$2, $4, $5] = $13 }
    END {
      print 1
      print "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port"
      for (i = 1; i <= count; i++) {
        split(name[i], part, ":")
        state = 0; left = rise[i] - 1
        if ((group[i], name[i], address[i]) in known) {
          left = health[group[i], name[i], address[i]]
          if (up[group[i], name[i], address[i]]) { state = 2; if (left > rise[i] + fall[i] - 1 || left < rise[i]) left = rise[i] + fall[i] - 1 }
          else if (left > rise[i] - 1) left = rise[i] - 1
        }
        print 1, group[i], i, name[i], address[i], state, 0, 1, 1, 0, 1, 0, left, 6, 0, 0, 0, "-", part[2], "-", 0, 0, "-", "-", 0
      }
    }' "$config" - > "$run/state"
}

boot() {
  if [ ! -s "$config" ]; then
    printf '%s\n' global '  description nothing' '  user haproxy' '  group haproxy' "  stats socket $run/stats.sock mode 600 level admin expose-fd listeners" > "$config"
  fi
  while :; do
    rm -f "$run"/*.sock "$run/draining"
    write_state < /dev/null
    haproxy -W -S "$run/master.sock,mode,600" -f "$config"
    sleep 1
  done
}

fail() { printf '%s\n' "$1"; exit 1; }
# Tries a test every 50 ms, at most $1 times.
await() {
  local tries=0
  until "$2"; do [ $((tries += 1)) -lt "$1" ] || return 1; sleep 0.05; done
}
answers() { ask master.sock "show proc" | grep -q ' worker '; }
in_force() { ask master.sock "@1 show info" | grep -qxF "description: $wanted"; }
# An old worker takes nobody in any more once it says that it stops, or is gone.
let_go() {
  local pid
  for pid in $workers; do
    [ -d "/proc/$pid" ] || continue
    ask master.sock "@!$pid show info" | grep -qx "Stopping: 0" && return 1
  done
  return 0
}

apply() {
  local master previous left group name address delay
  exec 9> "$run/lock"; flock 9
  cat > "$folder/new.cfg"
  await 600 answers || fail "HAProxy does not run: see /var/log/load-balancer.log"
  wanted=$(sed -n 's/^ *description //p' "$folder/new.cfg")
  if cmp -s "$folder/new.cfg" "$config" && in_force; then rm -f "$folder/new.cfg"; return 0; fi
  haproxy -c -q -f "$folder/new.cfg" > "$run/test.log" 2>&1 || { cat "$run/test.log"; exit 1; }
  master=$(ask master.sock "show proc" | awk '$2 == "master" { print $1 }')
  workers=$(ask master.sock "show proc" | awk '$2 == "worker" { print $1 }')
  previous=$(targets "$config")
  cp "$config" "$folder/previous.cfg"
  mv "$folder/new.cfg" "$config"
  ask stats.sock "show servers state" | write_state
  kill -USR2 "$master"
  if ! await 300 in_force; then
    mv "$folder/previous.cfg" "$config"
    fail "HAProxy did not take its new configuration: see /var/log/load-balancer.log"
  fi
  await 200 let_go
  left=$(grep -vxFf <(targets "$config" | cut -d' ' -f1-3) <(cut -d' ' -f1-3 <<< "$previous"))
  while read -r group name address; do
    [ -n "$group" ] || continue
    delay=$(awk -v g="$group" -v n="$name" '$1 == g && $2 == n { print $6; exit }' <<< "$previous")
    printf '%s %s %s\n' "$(($(date +%s) + delay))" "$group" "$name" >> "$run/draining"
    # Requests under way have the deregistration delay to end; what is left then is cut off, of this target alone.
    setsid "$0" cut "$delay" "$group" "$name" $workers > /dev/null 2>&1 < /dev/null 9>&- &
  done <<< "$left"
}

# One by one: "shutdown sessions server" is refused by a worker that stops.
cut_off() {
  local group=$2 name=$3 pid session
  sleep "$1"
  shift 3
  for pid in "$@"; do
    for session in $(ask master.sock "@!$pid show sess" | awk -v g="be=$group" -v n="srv=$name" '($5 == g || $5 == g ".open") && $6 == n { sub(":$", "", $1); print $1 }'); do
      ask master.sock "@!$pid shutdown session $session"
    done
  done
}

health() {
  ask stats.sock "show stat -1 4 -1" || exit 1
  echo "${healthSeparator}"
  [ ! -s "$run/draining" ] || awk -v now="$(date +%s)" '$1 > now { print $2, $3 }' "$run/draining"
}

case "${"${1:-boot}"}" in
  apply) apply;;
  health) health;;
  cut) shift; cut_off "$@";;
  *) boot;;
esac
`;
