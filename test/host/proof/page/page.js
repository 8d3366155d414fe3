const show = (id, text) => {
  document.getElementById(id).textContent = text;
};
window.apiAtStart = typeof proof;
proof.onTold((text) => show("told", text));
document.getElementById("choose").onclick = async () =>
  show(
    "chosen",
    await proof.choose().then(
      (files) => files.join(),
      (e) => e.message,
    ),
  );
show("status", `ready on ${proof.platform}, ${proof.doubled(21)}`);
