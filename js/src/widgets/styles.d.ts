// The build hands styles over as text.
declare module "*.css" {
  const text: string;
  export default text;
}
