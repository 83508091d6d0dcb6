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
light='--extra whisper --extra sphinx --extra evaluate --extra server --extra mic --extra export'
# Without the two extras that bring torch: `make test-models` installs those into a place of its own.
# shellcheck disable=SC2086 # one word per option
compile dev $light --extra remote --extra sherpa --extra medasr --extra presidio --extra train \
  --group build --group dev pyproject.toml
# The same versions as above: `make demo` and `make test` share one environment, in any order.
# shellcheck disable=SC2086
compile run $light --group build --constraint requirements/dev.txt pyproject.toml
printf 'uv\n' | compile uv -
if grep -l '://' requirements/*.txt; then
  echo 'A constraints file names a host; it must not be committed.' >&2
  exit 1
fi
