"""The parts of a chapter of a course, found in its rendered text: exercises, references, citations, facts."""
