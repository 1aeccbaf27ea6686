#!/bin/bash
# Whether this machine's processor has what the programs of this image were built for. Levels are sets of features:
# https://gitlab.com/x86-psABIs/x86-64-ABI, section 3.1.1, by the names of /proc/cpuinfo.
set -euo pipefail

level=$(cat /etc/watari/cpu-level 2>/dev/null || true)
case "${level:-1}" in 1) exit 0 ;; esac

wanted="cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"
[ "$level" -lt 3 ] || wanted="$wanted abm avx avx2 bmi1 bmi2 f16c fma movbe xsave"
[ "$level" -lt 4 ] || wanted="$wanted avx512bw avx512cd avx512dq avx512f avx512vl"

has=" $(sed -n 's/^flags[^:]*: //p' "${CPUINFO:-/proc/cpuinfo}" | head -n 1) "
lacks=""
for feature in $wanted; do
  case "$has" in *" $feature "*) ;; *) lacks="$lacks $feature" ;; esac
done
[ -n "$lacks" ] || exit 0

model=$(sed -n 's/^model name[^:]*: //p' "${CPUINFO:-/proc/cpuinfo}" | head -n 1)
echo "watari: this image is for x86-64-v$level and this processor (${model:-unknown}) lacks:$lacks." \
  "Services stay down. Boot the image of a lower level, or choose another machine type."
exit 1
