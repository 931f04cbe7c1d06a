// Waits until the chart says that it shows rows up to this one.
while (!document.querySelector(".jw-chart-plot").getAttribute("aria-label").includes("%s.")) {
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
return true;
