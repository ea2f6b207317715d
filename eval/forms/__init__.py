"""The forms of files of segments, one module each; `eval.readers.READERS` names them."""
