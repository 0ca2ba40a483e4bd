/** Where one block stands in a request, in the API's own terms; the three fields are read in the order tools, system, messages. */
export type Place =
  | { readonly field: 'tools' | 'system'; readonly index: number }
  | {
      readonly field: 'messages';
      readonly message: number;
      readonly index: number;
    };
