def run(seconds):
    yield "-"
