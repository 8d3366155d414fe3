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
const showPaths = (files) => show("paths", [...files].map((f) => proof.pathOf(f)).join());
document.getElementById("files").onchange = (event) => showPaths(event.target.files);
const zone = document.getElementById("drop");
zone.ondragover = (event) => event.preventDefault();
zone.ondrop = (event) => {
  event.preventDefault();
  showPaths(event.dataTransfer.files);
};
show("status", `ready on ${proof.platform}, ${proof.doubled(21)}`);
