// Parts of the console that the sandbox does not have. The SDK looks them up when it loads; only their use is an error.
module.exports = new Proxy(
  {},
  {
    get: (_, name) => () => {
      throw new Error(`The sandbox's console has no ${String(name)}.`);
    },
  },
);
