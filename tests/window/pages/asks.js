// A page that asks for one thing at each click, in the order it is told, and logs what became of it.
// The clicks are a person's: some of this an engine grants nobody who has not been clicked on.

const link = (properties) => {
  const a = document.createElement("a");
  Object.assign(a, properties);
  document.body.append(a);
  a.click();
  a.remove();
};
const outcome = (promise) => promise.then((value) => `ok ${value}`, (error) => error.name);
const within = (seconds, promise) =>
  Promise.race([promise, new Promise((done) => setTimeout(() => done("nothing happened"), seconds * 1000))]);
const place = () =>
  new Promise((yes, no) =>
    navigator.geolocation.getCurrentPosition(yes, (e) => no({ name: e.code === 1 ? "denied" : "unknown" }), { timeout: 300 }),
  );
const leftFullscreen = () =>
  new Promise((done) => {
    const look = () => document.fullscreenElement || done("left");
    document.addEventListener("fullscreenchange", look);
    look();
  });

const ASK = {
  geolocation: place,
  screen_capture: () => navigator.mediaDevices.getDisplayMedia(),
  notifications: () => Notification.requestPermission(),
  clipboard: () => navigator.clipboard.readText(),
  pointer_lock: () => document.body.requestPointerLock(),
  local_fonts: async () => (await queryLocalFonts()).length > 0,
  fullscreen: async () => (await document.body.requestFullscreen(), within(1, leftFullscreen())),
  service_workers: () => navigator.serviceWorker.register("/w.js"),
  downloads: async () => link({ href: URL.createObjectURL(new Blob(["x"])), download: "x.txt" }),
  navigation: async () => void (location = "https://example.com/somewhere"),
  popups: async () => (window.open("/other.html"), undefined),
  external_links: async () => link({ href: "mailto:ann@example.com" }),
  file_urls: async () => void (location = "file:///etc/hosts"),
  file_chooser: () => showOpenFilePicker(),
  dialogs: async () => confirm("sure?"),
  devices: () => navigator.requestMIDIAccess(),
};

document.addEventListener("mousedown", async () => {
  const name = document.title;
  if (name in ASK) console.log(`# ${name}: ${await outcome(ASK[name]())}`);
});
console.log("# here");
