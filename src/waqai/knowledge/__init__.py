"""What waqai knows of the language and the wars, as data in `knowledge/data`; the code here only loads and checks it."""
