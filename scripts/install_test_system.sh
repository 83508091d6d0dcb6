#!/bin/sh
# What the tests need from the system and pip cannot bring. Today that is nothing: audio libraries,
# recognisers and SQLite come as wheels. A need is added here as one line `need PROGRAM PACKAGE`:
# installed where missing and possible; under CI=true a missing piece is an error.
set -eu
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq "$2" >/dev/null && return 0
  fi
  echo "The tests need $1: install the package $2." >&2
  [ "${CI:-}" != true ]
}
need git git
