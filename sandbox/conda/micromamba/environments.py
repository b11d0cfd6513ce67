"""Environments made by rattler: from explicit locks as they stand, from everything else by solving."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from rattler import (
    BuildString,
    Channel,
    ChannelConfig,
    Gateway,
    MatchSpec,
    PackageRecord,
    PrefixRecord,
    RepoDataRecord,
    VirtualPackage,
    install,
    solve,
)

CONDA_META = "conda-meta"


class Refused(Exception):
    """What this stand-in, or the real one, would not do."""


async def create(options):
    """`create` and `install`: explicit locks as they are, everything else solved."""
    texts = [(path, path.read_text()) for path in options.file]
    explicit = [(path, text) for path, text in texts if "@EXPLICIT" in text.splitlines()]
    if explicit and (len(texts) > len(explicit) or options.specs):
        raise Refused("an explicit lock cannot be mixed with other specs")
    settings = read_settings(options)
    installed = await installed_records(options.prefix) if options.command == "install" else []
    if explicit:
        records = [record for path, text in explicit for record in explicit_records(path, text)]
        records += [old for old in installed if old.name.normalized not in {new.name.normalized for new in records}]
    else:
        records = await solved_records(options, settings, [read_environment(path, text) for path, text in texts], installed)
    options.prefix.joinpath(CONDA_META).mkdir(parents=True, exist_ok=True)
    options.prefix.joinpath(CONDA_META, "history").touch()
    await install(records, options.prefix, cache_dir=packages_dir(options), installed_packages=installed, show_progress=False)
    if explicit:
        complete_metadata(options.prefix)
    if not options.quiet:
        print(f"Linked {len(records)} packages into {options.prefix}")


def explicit_records(path, text):
    """The records of an explicit lock: all that a URL tells. `# pip` lines are comments here, as in the real one."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "@")):
            continue
        url, _, digest = line.strip().partition("#")
        channel, subdir, filename = url.rsplit("/", 2)
        match = re.fullmatch(r"(.+)-([^-]+)-([^-]+)(\.tar\.bz2|\.conda)", unquote(filename))
        if not match or not urlsplit(url).scheme:
            raise Refused(f"{path}:{number}: not the URL of a package: {line}")
        name, version, build, _ = match.groups()
        digest = digest.removeprefix("sha256:")
        hashes = {"sha256" if len(digest) == 64 else "md5": bytes.fromhex(digest)} if digest else {}
        yield RepoDataRecord(PackageRecord(name, version, BuildString(build), 0, subdir, **hashes), filename, url, channel)


def complete_metadata(prefix):
    """conda-meta's records of an explicit lock lack what only the package itself knows: its dependencies and build number."""
    for path in prefix.joinpath(CONDA_META).glob("*.json"):
        record = json.loads(path.read_text())
        index = Path(record.get("extracted_package_dir") or "/nowhere", "info", "index.json")
        if index.exists():
            path.write_text(json.dumps({**record, **json.loads(index.read_text())}, indent=2))


def read_environment(path, text):
    document = yaml.safe_load(text) or {}
    if any(isinstance(entry, dict) for entry in document.get("dependencies", [])):
        raise Refused(f"{path}: this stand-in installs no pip packages")
    return document


async def solved_records(options, settings, documents, installed):
    # Without a spec for it the solver would leave out what is installed, and `install` would remove it.
    kept = [record.name.normalized for record in installed]
    specs = options.specs + kept + [spec for document in documents for spec in document.get("dependencies", [])]
    named = options.channel + [name for document in documents for name in document.get("channels", [])]
    names = named if named and options.override_channels else named + settings["channels"]
    configuration = ChannelConfig(settings["channel_alias"]) if settings["channel_alias"] else ChannelConfig()
    channels = [Channel(name, configuration) for name in dict.fromkeys(names) if name not in ("nodefaults", "defaults")]
    if not channels:
        raise Refused("no channel: name one in condarc, in the environment file or with --channel")
    return await solve(
        channels,
        [MatchSpec(spec) for spec in specs],
        gateway=Gateway(cache_dir=packages_dir(options) / "cache"),
        locked_packages=installed,
        virtual_packages=VirtualPackage.detect(),
    )


async def installed_records(prefix):
    return [PrefixRecord.from_path(path) for path in sorted(prefix.joinpath(CONDA_META).glob("*.json"))]


def read_settings(options):
    """condarc files from the least to the most important, then the environment, as mamba reads them."""
    candidates = [Path("/etc/conda/.condarc"), options.root_prefix / ".condarc", Path.home() / ".condarc", options.rc_file]
    settings = {"channels": [], "channel_alias": None, "pkgs_dirs": []}
    for path in candidates:
        if path and path.is_file():
            settings.update({key: value for key, value in (yaml.safe_load(path.read_text()) or {}).items() if key in settings})
    if alias := os.environ.get("CONDA_CHANNEL_ALIAS"):
        settings["channel_alias"] = alias
    return settings


def packages_dir(options):
    """Where downloaded packages are kept: the first of CONDA_PKGS_DIRS, of condarc's pkgs_dirs, else below the root prefix."""
    named = os.environ.get("CONDA_PKGS_DIRS", "").split(",")[0] or next(iter(read_settings(options)["pkgs_dirs"]), None)
    return Path(named) if named else options.root_prefix / "pkgs"
