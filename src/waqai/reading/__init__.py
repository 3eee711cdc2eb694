"""Reading: files, folders and standard input in, articles out; what cannot be read is named, with the reason."""

from waqai.reading.inputs import find_files, read_inputs
from waqai.reading.outcome import FORMATS, InputError, InputFormat, ReadOptions, Skipped

__all__ = ["FORMATS", "InputError", "InputFormat", "ReadOptions", "Skipped", "find_files", "read_inputs"]
