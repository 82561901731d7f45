// What this browser remembers for its listener (localStorage); none of it is sent. If forbidden, nothing is kept.

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Forbidden or full: listening goes on.
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Forbidden: there is nothing to forget.
  }
}
