/** The HTML around every page's own content; the page's script fills in the texts in the reader's language. */
export function shell(name, { title, description, bare }, { header = "", main, footer = "" }) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />${
      bare
        ? ""
        : `
    <meta name="color-scheme" content="dark light" />
    <meta name="description" content="${description}" />`
    }
    <title>${title.en} · EmotionStream</title>
    <link rel="icon" href="icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="dist/kit.css" />
    <link rel="stylesheet" href="dist/${name}.css" />
    <script type="module" src="dist/${name}.js"></script>
  </head>
${bare ? bareBody(name, main) : body(header, main, footer)}
</html>
`;
}

const bareBody = (name, main) => `  <body class="${name}">
    <main>
${main}
    </main>
  </body>`;

const body = (header, main, footer) => `  <body>
    <a class="skip" href="#content" data-text="skipToContent"></a>
    <header class="bar">
      <a class="brand" href="./">
        <img src="icon.svg" alt="" width="30" height="30" />
        <span>EmotionStream</span>
      </a>
      <nav class="pages" id="pages" data-testid="pages" data-label="pagesLabel"></nav>
${header}
      <button class="quiet icon-only" id="theme" type="button" data-label="themeToggle">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3a9 9 0 1 0 0 18V3Z" fill="currentColor" /><circle cx="12" cy="12" r="9" /></svg>
      </button>
    </header>

    <main id="content" tabindex="-1">
      <noscript><p class="alert">This page needs JavaScript.</p></noscript>
${main}
    </main>

    <footer class="foot">
${footer}
    </footer>
  </body>`;
