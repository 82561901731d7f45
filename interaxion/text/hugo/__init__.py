"""Sites of Hugo: front matter, shortcodes and addresses. https://gohugo.io/documentation/"""
