"""Background work as rows.

`work(kind)` registers a handler, `enqueue()` writes a row in the caller's transaction, `perform()` does one item
exactly once, `sweep()` finds what nobody has done yet and rings the doorbell again.
"""
