"""Many articles: order, progress, resume; one failure never stops the rest.

    places --tasks--> tasks --desk: read, translate, write--> outputs and entries --manifest

`runs` drives the desk in threads of this process; `processes` and `cluster` (Ray) drive workers,
each a desk with an engine of its own. An article is not translated again while its
bytes, the model and the settings are the same and its output is there: the manifest beside the
outputs knows.
"""

from translate.batch.desk import WINDOW, Desk, Order
from translate.batch.manifest import MANIFEST, Entry
from translate.batch.places import Folder, Place, Store, place_of
from translate.batch.portions import Cut, join
from translate.batch.runs import Progress, Summary, run
from translate.batch.tasks import Task, Tasks, find_tasks
from translate.batch.worker import Worker

__all__ = [
    "MANIFEST",
    "WINDOW",
    "Cut",
    "Desk",
    "Entry",
    "Folder",
    "Order",
    "Place",
    "Progress",
    "Store",
    "Summary",
    "Task",
    "Tasks",
    "Worker",
    "find_tasks",
    "join",
    "place_of",
    "run",
]
