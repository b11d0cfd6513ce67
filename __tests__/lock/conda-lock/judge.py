"""What conda-lock itself makes of locks and of solved packages. JSON in, JSON out; nothing is solved and no network is used."""

import json
import pathlib
import sys
import tempfile
from types import SimpleNamespace
from unittest import mock

from conda_lock import conda_solver
from conda_lock.conda_lock import render_lockfile_for_platform
from conda_lock.lockfile import apply_categories, parse_conda_lock_file, write_conda_lock_file
from conda_lock.lockfile.v2prelim.models import HashModel, LockedDependency, Lockfile, LockMeta
from conda_lock.models.channel import Channel
from conda_lock.models.lock_spec import VersionedDependency

folder = pathlib.Path(tempfile.mkdtemp())


def read(text):
    path = folder / "conda-lock.yml"
    path.write_text(text)
    return parse_conda_lock_file(path)


def written(lock):
    path = folder / "conda-lock.yml"
    write_conda_lock_file(lock, path, metadata_choices=None)
    return path.read_text()


def render(text, platform, dev, extras):
    lines = render_lockfile_for_platform(
        lockfile=read(text), include_dev_dependencies=dev, extras=set(extras), kind="explicit", platform=platform
    )
    return "\n".join(lines) + "\n"


def solved(platform, answer, mapping):
    specs = {
        manager: {s["name"]: VersionedDependency(**s) for s in answer["specs"] if s["manager"] == manager}
        for manager in ("conda", "pip")
    }
    install = {"actions": {"FETCH": answer["conda"], "LINK": []}}
    with mock.patch.object(conda_solver, "solve_specs_for_arch", return_value=install):
        conda = conda_solver.solve_conda("conda", specs["conda"], {}, [], platform, [], mapping)
    pip = [
        LockedDependency(manager="pip", platform=platform, hash=HashModel(sha256=entry.pop("sha256")), **entry)
        for entry in answer["pip"]
    ]
    planned = {dep.name: [dep] for dep in pip}
    names = json.loads(pathlib.Path(mapping).read_text())
    pypi = {entry["conda_name"]: entry["pypi_name"] for entry in names.values()}
    for name, dep in conda.items():
        planned.setdefault(pypi.get(name, name.replace("_", "-")), []).append(dep)
    apply_categories(requested=specs["pip"], planned=planned, convert_to_pip_names=True, mapping_url=mapping)
    return [*conda.values(), *pip]


def make(case):
    mapping = folder / "mapping.json"
    mapping.write_text(json.dumps({p: {"conda_name": c, "pypi_name": p} for c, p in case["pypiNames"].items()}))
    packages = [dep for platform, answer in case["solved"].items() for dep in solved(platform, answer, str(mapping))]
    meta = {**case["metadata"], "channels": [Channel.from_string(url) for url in case["metadata"]["channels"]]}
    fresh = Lockfile(package=packages, metadata=LockMeta(**meta))
    if case["old"] is None:
        return written(fresh)
    old = read(case["old"])
    kept = [dep for dep in old.package if dep.platform not in case["solved"]]
    return written(old.model_copy(deep=True, update={"package": kept}).merge(fresh))


question = json.load(sys.stdin)
answers = SimpleNamespace(
    rewritten=[written(read(text)) for text in question.get("rewrite", [])],
    rendered=[render(**case) for case in question.get("render", [])],
    made=[make(case) for case in question.get("make", [])],
)
json.dump(vars(answers), sys.stdout)
