/** Every host has it, and no library of ECMAScript says so: https://html.spec.whatwg.org/#dom-btoa. Of ASCII only. */
declare function btoa(text: string): string;
