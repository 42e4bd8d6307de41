/** The console's static models. The sandbox's all come from discovery. */
export {};
