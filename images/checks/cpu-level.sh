#!/bin/bash
# The guard names what an old processor lacks, and lets one pass that has all.
set -euo pipefail
guard=/usr/local/lib/watari/cpu-level
level=$(cat /etc/watari/cpu-level)
case "${level:-1}" in 1) exec "$guard" ;; esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf 'model name\t: Old\nflags\t\t: fpu sse sse2 pni\n' > "$folder/old"
if CPUINFO=$folder/old "$guard" > "$folder/said"; then
  echo 'an old processor passes'
  exit 1
fi
grep -q "x86-64-v$level and this processor (Old) lacks: cx16" "$folder/said"
v4='cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3 abm avx avx2 bmi1 bmi2 f16c fma movbe xsave avx512bw avx512cd avx512dq avx512f avx512vl'
printf 'model name\t: New\nflags\t\t: %s\n' "$v4" > "$folder/new"
CPUINFO=$folder/new "$guard"
