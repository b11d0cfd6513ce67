/** Where the parts of a check are in the image that is checked. All of it goes with the container. */
export const places = {
  out: '/.buildx-action/out',
  run: '/.buildx-action/run',
  tests: '/.buildx-action/tests',
} as const

/** Bytes that are kept of what a command writes, its last ones. */
const kept = 64 * 1024

/**
 * What runs tests in an image, in the POSIX shell alone: what else an image lacks costs a feature, never the verdict. Every
 * case leaves files `<group>-<number>.*`: status, log, seconds, reports/, and of a file that was found its kind and name.
 */
export const harness: string = `out=${places.out} run=${places.run} tests=${places.tests}
n=0
export tests

has() { command -v "$1" > /dev/null 2>&1; }
clock() { if has date; then date +%s; else echo 0; fi; }

begin() {
  n=$((n + 1))
  id=$out/$group-$n
  TEST_REPORTS=$id.reports
  export TEST_REPORTS
  mkdir -p "$TEST_REPORTS" 2> /dev/null || :
}

begin_file() {
  begin
  printf '%s' "$1" > "$id.kind"
  printf '%s' "$2" > "$id.name"
}

# A file and not a pipe: what a command leaves running would hold a pipe open.
run() {
  started=$(clock)
  : > "$id.log"
  follow=
  if has tail; then
    tail -f "$id.log" 2> /dev/null &
    follow=$!
  fi
  ( "$@" ) < /dev/null >> "$id.log" 2>&1
  status=$?
  if [ -n "$follow" ]; then
    kill "$follow" 2> /dev/null
    wait "$follow" 2> /dev/null
    tail -c ${kept} "$id.log" > "$id.end" && mv -f "$id.end" "$id.log"
  fi
  printf '%s' "$(($(clock) - started))" > "$id.seconds"
  printf '%s' "$status" > "$id.status"
}

skip() {
  printf '%s' "$1" > "$id.log"
  printf 'skip' > "$id.status"
}

inside() { cd "$tests" && "$@"; }

folder() {
  for file in "$tests"/*.sh; do
    [ -f "$file" ] || continue
    begin_file script "\${file##*/}"
    if [ -x "$file" ]; then run inside "$file"; else run inside /bin/sh "$file"; fi
  done
  for file in "$tests"/test_*.py "$tests"/*_test.py "$tests"/*/test_*.py "$tests"/*/*_test.py; do
    [ -f "$file" ] || continue
    begin_file pytest pytest
    python=
    for name in python python3; do
      if [ -z "$python" ] && has "$name" && "$name" -m pytest --version > /dev/null 2>&1; then python=$name; fi
    done
    if [ -z "$python" ]; then
      skip 'the image has no pytest'
    else
      run inside "$python" -B -m pytest -p no:cacheprovider --junitxml="$TEST_REPORTS/pytest.xml" "$tests"
    fi
    break
  done
  for file in "$tests"/*.ipynb "$tests"/*/*.ipynb; do
    [ -f "$file" ] || continue
    begin_file notebook "\${file#"$tests"/}"
    notebook=$id.notebook
    if has jupyter-execute; then run inside jupyter-execute "$file"
    elif has jupyter-nbconvert; then
      run inside jupyter-nbconvert --to notebook --execute --output-dir "$notebook" "$file"
    elif has papermill; then run inside papermill "$file" "$notebook.ipynb"
    else skip 'the image has neither nbclient, nbconvert nor papermill'
    fi
    rm -rf "$notebook" "$notebook.ipynb" 2> /dev/null || :
  done
}
`
