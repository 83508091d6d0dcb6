#!/bin/sh
# Resolve pyproject.toml into requirements/*.txt: pinned, hashed, for every supported Python, naming
# no index host. Usage: scripts/lock.sh PATH_TO_UV
set -eu
uv=$1
compile() {
  out=$1
  shift
  "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links "$@" --output-file "requirements/$out.txt"
}
# hatchling and editables build the checkout itself, without a second, unpinned environment.
compile run --extra whisper --extra sphinx --extra evaluate --group build pyproject.toml
compile dev --all-extras --group build --group dev pyproject.toml
printf 'uv\n' | compile uv -
if grep -l '://' requirements/*.txt; then
  echo 'A constraints file names a host; it must not be committed.' >&2
  exit 1
fi
