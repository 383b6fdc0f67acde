"""The program: its commands in the order of the work. Arguments in, one call, results out.

Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 failed or done in part, 2 the question was not understood.
What is heavy is imported where it is used, so that `thongsuot --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path

import click

from commands import asking, doctoring, graph, reading
from commands.meant import FILE
from present.console import prepare_streams
from present.manners import Program

COMMANDS = (
    reading.demo,
    reading.ingest,
    reading.extract,
    asking.who,
    asking.timeline,
    asking.matrix,
    asking.summary,
    asking.search,
    graph.lineage,
    graph.show,
    graph.check,
    graph.stats,
    graph.export,
    graph.sparql,
    reading.remove,
    reading.reindex,
    doctoring.doctor,
    reading.verify,
    reading.backup,
)


def main() -> None:
    """Run the program: what the command `thongsuot` calls."""
    prepare_streams()
    group(prog_name="thongsuot")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    "directory",
    type=FILE,
    envvar="THONGSUOT_STORE",
    default="thongsuot-store",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The folder that keeps what was read.",
)
@click.version_option(package_name="thongsuot", message="thongsuot %(version)s", help="Show the version and exit.")
@click.pass_context
def group(context: click.Context, directory: Path) -> None:
    """Who implemented a directive, what the reports say, how a policy travelled.

    All commands speak Vietnamese or English: --lang vi, --lang en, or THONGSUOT_LANG. Each tells more: thongsuot who -h

    \b
    Start here:
      thongsuot demo                        look at it on sample documents
      thongsuot ingest BAO-CAO/             read reports into the store
      thongsuot who 33/CT-TTg               who carried this directive out?
      thongsuot search "dân vận khéo"       what do the reports say?
      thongsuot lineage 25-NQ/TW            how did the policy travel from the centre to the commune?
    """
    context.obj = directory


for command in COMMANDS:
    group.add_command(command)

if __name__ == "__main__":
    main()
