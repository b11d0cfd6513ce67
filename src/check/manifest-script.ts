import type { Command } from '../stack/types.ts'
import { places } from './harness.ts'
import { commandLine, type Scripts } from './test-scripts.ts'

/** Prints [[name, version], …] of what Python can import the metadata of. */
const installed =
  'import json,importlib.metadata as m;print(json.dumps([[d.metadata["Name"] or "",d.version or ""] for d in m.distributions()]))'

/**
 * Describes an image with what is in it, in the POSIX shell alone; what an image has no tool for is not written. conda's
 * packages are the names of files in `conda-meta`, which takes no conda and no second.
 */
const script = `out=${places.out} run=${places.run}

has() { command -v "$1" > /dev/null 2>&1; }
described() { cat /etc/os-release || cat /usr/lib/os-release; }

describe_conda() {
  seen=:
  for prefix in "$CONDA_PREFIX" "$NB_PYTHON_PREFIX" "$1" "$CONDA_DIR" /opt/conda /srv/conda /srv/conda/envs/*; do
    case $seen in *:"$prefix":*) continue ;; esac
    seen=$seen$prefix:
    [ -n "$prefix" ] && [ -d "$prefix/conda-meta" ] || continue
    for file in "$prefix"/conda-meta/*.json; do
      [ -f "$file" ] && printf '%s\\n' "\${file##*/}"
    done > "$out/conda"
    [ -s "$out/conda" ] && return
  done
}

if has cat; then described > "$out/system" 2> /dev/null; fi
prefix=
for name in python python3; do
  if [ -z "$prefix" ] && has "$name"; then
    prefix=$(command -v "$name")
    prefix=\${prefix%/bin/*}
    "$name" --version > "$out/python" 2>&1
    "$name" -c '${installed}' > "$out/pip" 2> /dev/null
  fi
done
describe_conda "$prefix"
if has dpkg-query; then dpkg-query --show --showformat '\${binary:Package}\\t\${Version}\\n' > "$out/apt" 2> /dev/null
elif has apk; then apk info --verbose > "$out/apk" 2> /dev/null
elif has rpm; then rpm --query --all --queryformat '%{NAME}\\t%{VERSION}-%{RELEASE}\\n' > "$out/rpm" 2> /dev/null
fi
if has nvcc; then nvcc --version > "$out/nvcc" 2> /dev/null; fi
printf '%s' "$CUDA_VERSION" > "$out/cuda"

n=0
keep() {
  n=$((n + 1))
  ( "$@" ) < /dev/null > "$out/command-$n" 2>&1
  printf '%s' "$?" > "$out/command-$n.status"
}
`

/** The scripts that describe an image, with the commands of spec.yml. */
export function manifestScripts(commands: readonly Command[]): Scripts {
  const lines = commands.map((command, at) => `keep ${commandLine(command, `${at}.command`)}`)
  const texts = commands.flatMap((command, at): [string, string][] =>
    typeof command === 'string' ? [[`${at}.command`, `${command}\n`]] : [],
  )
  // Whatever a command did: what is there is taken.
  return new Map([['manifest.sh', `${script}${lines.join('\n')}\nexit 0\n`], ...texts])
}
