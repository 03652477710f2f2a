// npm hands SIGTERM to the shell between it and the script, and that shell ends without a word to the script. So a script that npm started
// ends when its parent does.
const POLL_MS = 100;

/** Ends this process, as by SIGTERM, once the process that npm started it with is gone. Does nothing for a script that npm did not start. */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, POLL_MS);
  timer.unref();
}
