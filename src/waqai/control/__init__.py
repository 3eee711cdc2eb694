"""Control of territory: who held which place from when to when, by what the reports say. Pure: evidence in, intervals out."""
