// see index.html
