// What a notebook in JupyterLab is asked for by lab/page.py: [what, path of the notebook, argument] → a value of JSON.
async ([what, path, argument]) => {
  const app = window.jupyterapp;
  const panel = () => [...app.shell.widgets("main")].find((one) => one.context?.path === path);
  const notebook = () => panel().content;
  const model = (cell) => notebook().widgets[cell].model;
  const choose = (cell) => {
    notebook().activeCellIndex = cell;
  };
  const asked = {
    restored: () => app.restored.then(() => true),
    open: async () => {
      await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
      const { sessionContext, revealed } = panel();
      await sessionContext.ready;
      await revealed;
      await sessionContext.session.kernel.info;
    },
    close: async () => {
      if (panel() !== undefined) {
        await panel().sessionContext.shutdown();
        panel().dispose();
      }
    },
    choose: () => choose(argument),
    start: () => {
      choose(argument);
      void app.commands.execute("notebook:run-cell");
    },
    run: async () => {
      choose(argument);
      await app.commands.execute("notebook:run-cell");
    },
    hasEnded: () => model(argument).executionCount !== null,
    ended: () =>
      new Promise((resolve) => {
        const cell = model(argument);
        const look = () => cell.executionCount !== null && resolve();
        cell.stateChanged.connect(look);
        look();
      }),
    outputs: () => model(argument).outputs.toJSON(),
    do: async () => {
      await app.commands.execute(argument[0], argument[1]);
    },
    restart: async () => {
      await panel().sessionContext.restartKernel();
    },
  };
  return (await asked[what]()) ?? null;
}
