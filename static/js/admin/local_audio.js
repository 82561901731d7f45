// Keeps a local audio file over the saves of one session, which reload the page; in this browser only (IndexedDB).

const STORE = "files";
const LONGEST = 24 * 3600 * 1000; // milliseconds; anything older is left from a session that ended

const key = () => {
  let session = sessionStorage.getItem("audio");
  if (!session) sessionStorage.setItem("audio", (session = crypto.getRandomValues(new Uint32Array(2)).join("-")));
  return `${session} ${location.pathname}`;
};

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open() {
  const request = indexedDB.open("interaxion-audio", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await result(request);
  return database.transaction(STORE, "readwrite").objectStore(STORE);
}

export async function remember(file) {
  try {
    await result((await open()).put({ file, at: Date.now() }, key()));
  } catch {
    // A private window, or a full disk: after a save the file has to be chosen again.
  }
}

// Return the file that was chosen for this form in this session, or undefined.
export async function recall() {
  try {
    const store = await open();
    const [keys, kept] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
    kept.forEach(({ at }, index) => at < Date.now() - LONGEST && store.delete(keys[index]));
    return kept[keys.indexOf(key())]?.file;
  } catch {
    return undefined;
  }
}
