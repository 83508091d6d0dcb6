#!/bin/sh
# Speaks samples/visit.txt with two voices -> samples/visit.ogg (Opus, mono, 16 kHz).
# Needs flite (voices rms and slt), sox and ffmpeg with libopus. Run it from anywhere; the same
# versions of the three give the same file, byte for byte.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# flite's own pace, 1.0; larger is slower.
stretch=1.0
# Seconds of silence after a turn; answers come quicker than the next question.
after_clinician=0.45
after_patient=0.75

number=0
while IFS= read -r line; do
    number=$((number + 1))
    name=$(printf '%s/turn%03d' "$work" "$number")
    case $line in
        CLINICIAN*) voice=rms pause=$after_clinician ;;
        PATIENT*) voice=slt pause=$after_patient ;;
        *) echo "visit.txt: line $number begins with neither CLINICIAN nor PATIENT" >&2; exit 1 ;;
    esac
    text=$(printf '%s' "$line" | sed 's/^[A-Z]*  *//')
    flite -voice "$voice" --setf duration_stretch="$stretch" -t "$text" -o "$name.said.wav"
    # Both voices equally loud, at 16 kHz, each turn followed by its pause.
    sox -D "$name.said.wav" -r 16000 -c 1 "$name.wav" norm -4 pad 0 "$pause"
done < "$here/visit.txt"

sox -D "$work"/turn???.wav "$work/dry.wav" pad 0.5 0.5
ffmpeg -nostdin -v error -y -i "$work/dry.wav" -c:a libopus -b:a 24k -application voip \
    -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$here/visit.ogg"
