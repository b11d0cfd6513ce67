"""A stand-in for micromamba that runs py-rattler: the few commands that images/ needs (see README.md)."""

import argparse
import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import certifi
from environments import CONDA_META, Refused, create, packages_dir

VERSION = "2.3.3"

# Rattler's HTTP client does not start without any certificate, also where all is plain HTTP: a base image has none.
if not Path("/etc/ssl/certs/ca-certificates.crt").exists():
    os.environ.setdefault("SSL_CERT_FILE", certifi.where())


def main():
    options, command = parse_arguments(sys.argv[1:])
    try:
        asyncio.run(run(options, command))
        code = 0
    except Exception as error:  # One line, as from the real one; rattler's own errors say what was wrong.
        print(f"error    libmamba {error}", file=sys.stderr)
        code = 1
    # Rattler's threads outlive the interpreter's teardown now and then, and crash in it: leave without one.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def parse_arguments(argv):
    parser = argparse.ArgumentParser(prog="micromamba", description=__doc__)
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("create", "install", "list", "clean", "run"):
        sub = commands.add_parser(name)
        sub.add_argument("-p", "--prefix", type=Path)
        sub.add_argument("-n", "--name")
        sub.add_argument("-r", "--root-prefix", type=Path)
        sub.add_argument("--rc-file", type=Path)
        sub.add_argument("-y", "--yes", action="store_true")
        sub.add_argument("-q", "--quiet", action="store_true")
        sub.add_argument("--json", action="store_true")
        if name in ("create", "install"):
            sub.add_argument("-f", "--file", type=Path, action="append", default=[])
            sub.add_argument("-c", "--channel", action="append", default=[])
            sub.add_argument("--override-channels", action="store_true")
            sub.add_argument("--always-copy", action="store_true")
            sub.add_argument("specs", nargs="*")
        if name == "clean":
            for flag in ("a", "all"), ("i", "index-cache"), ("p", "packages"), ("t", "tarballs"):
                names = ["--" + flag[1]] if flag[0] == "p" else ["-" + flag[0], "--" + flag[1]]
                sub.add_argument(*names, action="store_true")
        if name == "run":
            sub.add_argument("argv", nargs=argparse.REMAINDER)
    options = parser.parse_args(argv)
    return options, options.command


async def run(options, command):
    root = options.root_prefix or Path(os.environ.get("MAMBA_ROOT_PREFIX", Path.home() / "micromamba"))
    options.root_prefix = root
    options.prefix = options.prefix or (root / "envs" / options.name if options.name else root)
    await {"create": create, "install": create, "list": show, "clean": clean, "run": execute}[command](options)


async def show(options):
    packages = []
    for path in sorted(options.prefix.joinpath(CONDA_META).glob("*.json")):
        record = json.loads(path.read_text())
        base, _, subdir = record["url"].rpartition("/")[0].rpartition("/")
        packages.append(
            {
                "base_url": base,
                "build_number": record["build_number"],
                "build_string": record["build"],
                "channel": base.rpartition("/")[2],
                "dist_name": f"{record['name']}-{record['version']}-{record['build']}",
                "name": record["name"],
                "platform": subdir,
                "version": record["version"],
            }
        )
    if options.json:
        print(json.dumps(packages, indent=2))
    else:
        for package in packages:
            print(f"  {package['name']:<32} {package['version']:<16} {package['build_string']:<24} {package['channel']}")


async def clean(options):
    directory = packages_dir(options)
    for path in directory.iterdir() if directory.is_dir() else []:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


async def execute(options):
    """Replace this process by the command, with the environment's folders first on PATH."""
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise Refused("run: no command")
    # Both are for this executable alone.
    environment = {key: value for key, value in os.environ.items() if key not in ("LD_LIBRARY_PATH", "SSL_CERT_FILE")}
    environment |= {"CONDA_PREFIX": str(options.prefix), "PATH": f"{options.prefix / 'bin'}:{os.environ['PATH']}"}
    os.execvpe(shutil.which(argv[0], path=environment["PATH"]) or argv[0], argv, environment)


main()
