self.onmessage = ({ data }) =>
  fetch(data, { mode: "no-cors" }).then(
    () => postMessage("got"),
    () => postMessage("refused"),
  );
