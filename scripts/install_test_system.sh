#!/bin/sh
# What the tests need from the system and pip cannot bring: the virtual microphone (PortAudio, and
# a PulseAudio server that the tests start for themselves). A need is one line: `need PROGRAM
# PACKAGE`, or `need_file PATTERN PACKAGE` for a library without a program. Installed where missing
# and possible; under CI=true a missing piece is an error.
set -eu
export DEBIAN_FRONTEND=noninteractive
listed=
install() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    [ -n "$listed" ] || apt-get update -qq || true
    listed=yes
    apt-get install -y -qq --no-install-recommends "$1" >/dev/null && return 0
  fi
  echo "The tests need the package $1: install it." >&2
  [ "${CI:-}" != true ]
}
need() {
  command -v "$1" >/dev/null 2>&1 || install "$2"
}
need_file() {
  for file in $1; do
    [ -e "$file" ] && return 0
  done
  install "$2"
}
need git git
if [ "$(uname)" = Linux ]; then
  need pulseaudio pulseaudio
  need paplay pulseaudio-utils
  need_file '/usr/lib*/libportaudio.so.2 /usr/lib/*/libportaudio.so.2' libportaudio2
  need_file '/usr/lib*/alsa-lib/libasound_module_pcm_pulse.so /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so' libasound2-plugins
fi
