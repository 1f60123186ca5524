"""What one compilation takes: prints JSON. Imports are not counted, the memory is that of the whole process."""

import json
import os
import resource
import sys
import time


def measured(build, write):
    """`build` makes the pipeline, `write` its file; CPU seconds of both, the memory, and the bytes."""
    start = time.process_time()
    path = write(build())
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "bytes": os.path.getsize(path)}))


SHAPE, COUNT, PATH = sys.argv[1], int(sys.argv[2]), sys.argv[3]
