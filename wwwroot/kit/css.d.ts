/** Style sheets that a module imports are bundled by esbuild; they have no values. */
declare module "*.css";
