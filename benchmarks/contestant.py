"""One run of one contestant in the nightly check, in a process of its own: `python -m benchmarks.contestant NAME ...`."""

from __future__ import annotations

import argparse
import gc

from benchmarks import limit
from benchmarks.measure import measured, tell
from benchmarks.population import AS_OF, rules
from models.anchors import nightly
from models.store import open_store
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING

OURS = ("product", "plain", "index")
"""Whom the database plans for without statistics, as in the program's own SQLite stores; all others get them beforehand."""


def main() -> None:
    """Run the contestant named and tell what it took."""
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=["product", "limit", "limit in chunks", "orm", "plain", "index"])
    given.add_argument("--url", required=True)
    given.add_argument("--postmaster", type=int, default=0)
    given.add_argument("--most", type=int, default=0)
    given.add_argument("--chunk", type=int, default=5_000)
    given.add_argument("--then-anchor", action="store_true")
    asked = given.parse_args()
    rules()
    if asked.name not in OURS:
        with open_store(asked.url) as store:
            store.connection.execute("ANALYZE")
    if asked.name == "orm":
        from benchmarks import orm

        orm.engine(asked.url).connect().close()
        gc.collect()
        with measured(asked.postmaster) as found:
            orm.run(asked.url, most=asked.most or None)
    else:
        with open_store(asked.url) as store:
            store.viewer = ALL_SEEING
            if asked.name.startswith("limit"):
                limit.prepare(store)
            if asked.name == "plain":
                from benchmarks import plain
            gc.collect()
            with measured(asked.postmaster) as found:
                if asked.name == "product":
                    pass_due_dates(store, rules(), AS_OF, AS_OF)
                elif asked.name.startswith("limit"):
                    limit.run(store, chunk=asked.chunk if asked.name.endswith("chunks") else 0)
                elif asked.name == "plain":
                    plain.run(store, asked.most or None)
                else:
                    with store.reading() as tx:
                        tx.need("count_due", as_of=AS_OF)
            if asked.then_anchor:
                with measured(asked.postmaster) as anchored:
                    nightly(store, AS_OF)
                found["checkpoint"] = anchored
    tell(found)


if __name__ == "__main__":
    main()
