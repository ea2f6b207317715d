"""`depeche eval sets`: the test sets."""

import click


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER...]")
def sets(folders: tuple[str, ...]) -> None:
    """List the test sets with size, domain, licence and hash; FOLDERs are listed too."""
    from eval.tables import columns
    from eval.testsets import listing

    rows = [["set", "segments", "domain", "licence", "data", ""]]
    for found in listing(folders):
        size = str(found.segments or "")
        rows.append([found.name, size, found.domain, found.licence, found.hash, found.state])
    click.echo(columns(rows))
