"""What bench/locks-ours.ts does, by py-rattler: `locks_peer.py TASK.json`."""

import asyncio
import json
import sys

from rattler import BuildString, Channel, Gateway, GenericVirtualPackage, PackageName, Version, solve


async def main(task):
    # One gateway for all requests: each shard is read once, as with ours.
    gateway = Gateway(cache_dir=task["folder"])
    answers = []
    for request in task["requests"]:
        records = await solve(
            sources=[Channel(task["url"])],
            specs=request["matchSpecs"],
            gateway=gateway,
            platforms=[request["platform"], "noarch"],
            virtual_packages=[
                GenericVirtualPackage(PackageName(one["name"]), Version(one["version"]), BuildString(one["build"]))
                for one in request["virtualPackages"]
            ],
        )
        answers.append(sorted("/".join(record.url.split("/")[-2:]) for record in records))
    with open(task["answer"], "w", encoding="utf-8") as file:
        json.dump(answers, file)


with open(sys.argv[1], encoding="utf-8") as file:
    asyncio.run(main(json.load(file)))
