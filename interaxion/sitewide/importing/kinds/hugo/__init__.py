"""Sites of Hugo. https://gohugo.io/"""
