// Waiting for what others do: by polling with a deadline.

// Of a whole suite on a slow machine: each wait within has an end of its own, and says what it waited for.
export const wholeSuite = 1_800_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The first value of `probe` that is neither false, null nor undefined. Throws once `seconds` are
// over, naming what was waited for.
export async function until(what, probe, seconds = 120) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value !== false && value !== null && value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await pause(20);
  }
}

// What the promise gives, or an error once `seconds` are over.
export function within(what, promise, seconds = 120) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${seconds} s in vain: ${what}`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
