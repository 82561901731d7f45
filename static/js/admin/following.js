// Follows a job: asks for its status until it is over. Used by its own page and by what else waits for one.

const SECOND = 1000;
const LONGEST = 5 * SECOND;

// Call `show(status)` with each answer; resolve with the last one, which has the report. A lost network is waited for.
export async function follow(url, show) {
  for (let pause = SECOND; ; pause = Math.min(pause * 1.2, LONGEST)) {
    let status = null;
    try {
      const answer = await fetch(`${url}?report`, { headers: { Accept: "application/json" } });
      if (answer.ok) status = await answer.json();
      else if (answer.status < 500) throw new Error(`status ${answer.status}`); // logged out, or the job is gone
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
    }
    if (status) show(status);
    if (status?.is_over) return status;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
