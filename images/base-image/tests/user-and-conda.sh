#!/bin/sh
# What holds in base-image and in all that is built on it: the tests of an image run in its children, too.
set -eux
test "$(id -u "$NB_USER")" = "$NB_UID"
test "$(stat -c %g "$CONDA_DIR")" = 100
test -w "$HOME"
command -v micromamba
test -f "$CONDA_DIR/.condarc"
# Nothing of root's stays in the user's home.
test -z "$(find "$HOME" -user root)"
