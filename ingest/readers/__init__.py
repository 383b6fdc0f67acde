"""The readers: one small module for each kind of file, from bytes to lines that `ingest.read` makes a text of.

A reader is a function `read(path, data, limits)` that gives a `Draft` or raises `kg.model.ReadError` with the remedy.
It fetches nothing, writes nowhere but into temporary folders of its own, and may be stopped at any moment.
"""
