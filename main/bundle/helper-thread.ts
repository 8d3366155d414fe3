import { type MessagePort, parentPort } from "node:worker_threads";
import { doJob, type JobAsked, type JobDone } from "./helper-jobs.ts";

/** The thread that helps to make a large bundle (helper.ts). */
const port = parentPort as MessagePort;
let done: Promise<void> = Promise.resolve();
port.on("message", ({ id, job }: JobAsked) => {
  done = done.then(async () => {
    const answer: JobDone = await doJob(job).then(
      (result) => ({ id, result }),
      (error: Error) => ({ id, fault: error.message }),
    );
    port.postMessage(answer);
  });
});
