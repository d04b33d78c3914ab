/** The value that a text of JSON holds; undefined, which no JSON is, for any other text. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // what the caller says of it has no words of the text in it
    throw error;
  }
};
