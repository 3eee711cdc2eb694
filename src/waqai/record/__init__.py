"""The Python API: code a text, build a record, open one and ask it; made public by `import waqai`."""
